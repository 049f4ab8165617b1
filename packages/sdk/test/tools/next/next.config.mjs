// biome-ignore lint/style/noDefaultExport: Next.js requires a default export.
export default {
  rewrites: async () => [{ source: '/api/:path*', destination: `${process.env.API_URL}/:path*` }],
};
