// `signing login`: gives a station that runs the PIN of its token, from another terminal: after the token was pulled out
// and is back, the line goes on by it. The PIN is asked for here, sent once over the folder's socket, and kept nowhere.
import type { Command } from 'commander';
import { SigningLoginAnswer } from '../../contract/cli.ts';
import { KeylineError } from '../../domain/errors.ts';
import { CaName } from '../../domain/ids.ts';
import { socketAddress } from '../../station/api/socket-address.ts';
import { example, execute, fitting, type Registry } from '../command-line.ts';
import { type ExitCode, tell } from '../outcome.ts';
import { type StationApiClient, socketClient } from '../station-client.ts';
import type { CommonOptions, Use } from '../surroundings.ts';

interface LoginOptions extends CommonOptions {
  readonly ca?: string;
}

export function registerSigning(root: Command, registry: Registry): void {
  const signing = example(root.command('signing').description('signing of a station that runs'), 'help signing login');
  const login = signing
    .command('login')
    .description("give a running station the PIN of its CA's token")
    .option('--ca <name>', 'which CA, where more than one lies in a token', fitting(CaName, 'the name of a CA'));
  example(login, 'signing login').action(() => {
    const options = login.optsWithGlobals<LoginOptions>();
    return execute(registry, options, (use) => logIn(use, options.ca));
  });
}

async function logIn(use: Use, wanted: string | undefined): Promise<ExitCode> {
  const address = socketAddress({ path: use.folder.socket, platform: use.around.platform });
  if (address === null) throw new KeylineError('STATION_GONE', 'none runs on this folder');
  const client = socketClient(address, use.askPerson);
  try {
    const { name, tokenLabel } = await tokenOf(client.api, wanted);
    const pin = await use.pin(tokenLabel);
    // The one place where it has to be text: the socket speaks JSON.
    const login = client.api.signing.login({ name, pin: pin.bytes.toString('utf8') });
    pin.wipe();
    const { signing } = await login;
    tell(use, SigningLoginAnswer, { name, tokenLabel, signing }, [`Token ${tokenLabel} is open: ${name} signs.`]);
    return 0;
  } finally {
    await client.close();
  }
}

/** The CA that was named, else the first whose token is not open: the active one comes first. */
async function tokenOf(api: StationApiClient, wanted: string | undefined) {
  const cas = await api.signing.list();
  const inTokens = cas.flatMap(({ name, signing, signer }) =>
    signer.kind === 'pkcs11' ? [{ name, signing, tokenLabel: signer.tokenLabel }] : [],
  );
  const found =
    wanted === undefined
      ? (inTokens.find(({ signing }) => signing !== 'ready') ?? inTokens[0])
      : inTokens.find(({ name }) => name === wanted);
  if (!found) throw new KeylineError('CA_UNKNOWN', wanted ?? 'no CA of this station lies in a token');
  return found;
}
