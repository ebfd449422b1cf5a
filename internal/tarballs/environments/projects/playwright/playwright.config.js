import { defineConfig } from '@playwright/test';

// Chromium cannot use its own sandbox as root.
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export default defineConfig({
  timeout: 240_000,
  use: { launchOptions: { executablePath: process.env.CHROMIUM_PATH, args } },
});
