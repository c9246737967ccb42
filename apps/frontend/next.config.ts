import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  transpilePackages: [
    '@streamus/client',
    '@streamus/compositor',
    '@streamus/contracts',
    '@streamus/fonts',
    '@streamus/studio',
    '@streamus/ui',
  ],
  // Types are checked once for the whole repository (tsconfig.web.json).
  typescript: { ignoreBuildErrors: true },
  images: { unoptimized: true },
  devIndicators: false,
  agentRules: false,
  experimental: {
    globalNotFound: true,
    agentUpgrade: false,
  },
};

export default config;
