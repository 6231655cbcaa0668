import vue from "@vitejs/plugin-vue";
import Components from "unplugin-vue-components/vite";
import { ElementPlusResolver } from "unplugin-vue-components/resolvers";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The server that answers /api during development; the built client is embedded in it and needs no proxy.
const server = process.env["WATCHFIRE_URL"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [
    vue(),
    Components({ dirs: [], dts: false, resolvers: [ElementPlusResolver({ importStyle: "css" })] }),
  ],
  // Parts of the libraries this client does not use; left out they save about 6 KB of the shell.
  define: { __VUE_I18N_LEGACY_API__: "false", __VUE_I18N_FULL_INSTALL__: "false", __INTLIFY_PROD_DEVTOOLS__: "false" },
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    // Oldest browsers promised in the guide; schools and duty rooms seldom run the newest ones.
    target: ["chrome100", "edge100", "firefox102", "safari15.4"],
    manifest: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { "/api": { target: server, ws: true, changeOrigin: false } } },
  test: { include: ["test/**/*.test.ts"], environment: "node" },
});
