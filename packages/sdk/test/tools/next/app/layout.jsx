// biome-ignore lint/style/noDefaultExport: this is how a page of Next.js is made.
export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
