// One build of the whole app into dist/: the screens (client), Electron's main process, its preload, and the programs
// that run on Node 24 (station). Targets are the oldest runtime that may run it: the stand-in of scripts/electron-runtime.mjs.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const { dependencies, optionalDependencies } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const DEPENDENCIES = Object.keys({ ...dependencies, ...optionalDependencies });

/** Beside the programs: what Electron reads to find its main, and the recipe that the practice bench runs. */
function appFolder(): Plugin {
  return {
    name: 'keyline-app-folder',
    applyToEnvironment: (environment) => environment.name === 'station',
    writeBundle() {
      const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
      const facts = { name: 'keyline', productName: 'Keyline', version, type: 'module', main: 'main/main.js' };
      writeFileSync(at('dist/package.json'), `${JSON.stringify(facts, null, 2)}\n`);
      cpSync(at('examples/aq-200'), at('dist/station/examples/aq-200'), { recursive: true });
    },
  };
}

export default defineConfig({
  root: at('renderer'),
  base: './',
  plugins: [react(), appFolder()],
  builder: {},
  environments: {
    client: {
      build: {
        outDir: at('dist/client'),
        emptyOutDir: true,
        target: 'chrome130',
        modulePreload: { polyfill: false },
        // The pages' policy takes fonts from files only.
        assetsInlineLimit: 0,
        // One page from the disk: parts of it would come no sooner.
        chunkSizeWarningLimit: 4096,
      },
    },
    main: {
      consumer: 'server',
      resolve: { noExternal: true },
      build: {
        outDir: at('dist/main'),
        emptyOutDir: true,
        target: 'node20',
        rolldownOptions: { input: { main: at('electron/main.ts') }, external: ['electron'] },
      },
    },
    preload: {
      consumer: 'server',
      build: {
        outDir: at('dist/preload'),
        emptyOutDir: true,
        target: 'chrome130',
        rolldownOptions: {
          input: { preload: at('electron/preload.ts') },
          external: ['electron'],
          // A sandboxed preload is CommonJS.
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
    station: {
      consumer: 'server',
      // Bundled but for what brings native code, and what is CommonJS in a circle and does not survive it: these are the
      // dependencies of package.json, and a package holds them beside the build. cbor-x goes without its native part.
      resolve: { noExternal: true, external: [...DEPENDENCIES, 'cbor-extract'] },
      build: {
        outDir: at('dist/station'),
        emptyOutDir: true,
        target: 'node24',
        minify: false,
        rolldownOptions: {
          input: [
            at('electron/station-process.ts'),
            at('electron/bench-process.ts'),
            at('cli/bin.mjs'),
            at('simulator/control-process.ts'),
            at('station/identity/injection/sealing-process.ts'),
            at('station/identity/pkcs11/token-process.ts'),
            // A thread, named by its place as well.
            at('db/copy-check-child.ts'),
            at('db/journal-reading-child.ts'),
          ],
          // Programs name each other by their place, so every module keeps its own.
          output: {
            preserveModules: true,
            preserveModulesRoot: at('.'),
            // Packaging treats a folder of that name as packages of its own.
            entryFileNames: ({ name }) => `${name.replaceAll('node_modules', 'bundled')}.mjs`,
          },
        },
      },
    },
  },
});
