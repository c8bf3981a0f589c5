// What a leaf of a CA is judged by: the issuing CA, and the first end among it and all above it.
import type { LintIssuer } from '../../pki/leaf-lint.ts';
import type { Ca } from './ca-folder.ts';

export function lintIssuer({ issuing, path }: Pick<Ca, 'issuing' | 'path'>): LintIssuer {
  return { certificate: issuing, chainNotAfterMs: Math.min(...path.map(({ notAfterMs }) => notAfterMs)) };
}
