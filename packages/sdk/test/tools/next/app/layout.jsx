// biome-ignore lint/style/noDefaultExport: Next.js requires a default export.
export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
