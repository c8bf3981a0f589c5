// The CAs of this station for those who look after them: what each is, and what a security officer may tell it.
import type { CaView } from '../contract/signing-api.ts';

export class SigningDesk {
  list(): CaView[] {
    return [];
  }

  login(_actorId: string, _name: string, _pin: string): Promise<CaView> {
    return Promise.reject(new Error('being built'));
  }

  test(_actorId: string, _name: string): Promise<{ signMs: number }> {
    return Promise.reject(new Error('being built'));
  }

  rotate(_actorId: string, _name: string): Promise<CaView[]> {
    return Promise.reject(new Error('being built'));
  }
}
