# The image brings its own Node 24: the one that npm installs for development stays out of it. No package that is used here
# has an install script to run, so none is run.
FROM node:24-slim AS page
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json ./
COPY client ./client
COPY src ./src
RUN node node_modules/vite/bin/vite.js build client --config client/vite.config.ts --logLevel warn

FROM node:24-slim AS packages
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-slim
WORKDIR /app
COPY --from=packages /build/node_modules ./node_modules
COPY package.json LICENSE ./
COPY migrations ./migrations
COPY src ./src
COPY --from=page /build/dist ./dist
RUN mkdir /data && chown node:node /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATABASE_URL=sqlite:/data/kibitz.db
USER node
VOLUME /data
EXPOSE 3000
# Whether it lives, not whether it can serve: a database that is away is no reason to restart it. Balancers ask /readyz.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Without a shell around it, so that SIGTERM reaches it. It starts no processes, so there is nothing an init would do.
CMD ["node", "src/main.ts"]
