/** Where things worth knowing go; pino fits. Fields never hold keys, tokens or message texts. */
export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};
