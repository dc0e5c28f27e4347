import { defineConfig } from 'vitest/config';

// The host serves the build from its wwwroot; in `npm run dev` API calls go to a host on port 5080.
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: '../Logistics.Web/wwwroot', emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 1500 },
  worker: { format: 'es' },
  // Vitest empties style sheets unless told otherwise; the contrast of the tokens is tested.
  test: { css: { include: [/tokens\.css/] } },
  server: { proxy: { '/api': 'http://localhost:5080', '/vroom': 'http://localhost:5080' } },
});
