FROM node:24-bookworm-slim AS build
RUN npm install --global pnpm@12
WORKDIR /app

# Manifests first, so that a change in sources reuses the layer with the installed packages.
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml tsconfig.base.json ./
COPY patches patches
COPY packages/api-spec/package.json packages/api-spec/
COPY packages/shared/package.json packages/shared/
COPY packages/core/package.json packages/core/
COPY packages/server/package.json packages/server/
COPY docs/package.json docs/
# The build needs neither the root's tools nor install scripts.
RUN pnpm install --frozen-lockfile --ignore-scripts --filter-prod @async-chatbot/server...

COPY packages/api-spec packages/api-spec
COPY packages/shared packages/shared
COPY packages/core packages/core
COPY packages/server packages/server
COPY docs/problems.md docs/
RUN cd packages/server && node build.ts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
# The C library returns freed memory to the system sooner (decision 28).
ENV MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
COPY --from=build /app/packages/server/dist dist
USER node
EXPOSE 8000
# The image has no curl. Reads PORT with the server's default.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8000}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without a shell, node is PID 1, receives SIGTERM and drains. The flags limit the heap (decision 28) and save CPU time (30).
CMD ["node", "--no-allocation-site-pretenuring", "--max-semi-space-size=8", "--max-old-space-size=768", "dist/main.js"]
