// biome-ignore lint/style/noDefaultExport: this is how Next.js is configured.
export default {
  rewrites: async () => [{ source: '/api/:path*', destination: `${process.env.API_URL}/:path*` }],
};
