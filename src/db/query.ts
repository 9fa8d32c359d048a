/** SQL with its values, and the type of the rows it gives. */
export type Query<Row = unknown> = {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** Whether its text is one of a few that are run time and again. */
  readonly isPrepared?: boolean;
  /** Only carries the type; never set. */
  readonly row?: Row;
};

/** Anything Kysely can compile, and the compiled query itself. */
type Compilable<Row> = { compile(): { sql: string; parameters: readonly unknown[] } } & {
  execute(): Promise<Row[]>;
};

/** Compiles a Kysely query. */
export function compiled<Row>(builder: Compilable<Row>): Query<Row> {
  const { sql, parameters } = builder.compile();
  return { sql, parameters };
}

class Slot {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query compiled once and bound many times: compiling costs more than running where a query is hot. `build` gets a
 * stand-in for each value, which it reads by name and passes on untouched.
 */
export function prepared<Values extends Record<string, unknown>, Row>(
  build: (values: Values) => Compilable<Row>,
): (values: Values) => Query<Row> {
  const slots = new Proxy({} as Values, { get: (_, name) => new Slot(String(name)) });
  let template: { sql: string; parameters: readonly unknown[] } | undefined;
  return (values) => {
    template ??= build(slots).compile();
    const parameters = template.parameters.map((value) =>
      value instanceof Slot ? values[value.name] : value,
    );
    return { sql: template.sql, parameters, isPrepared: true };
  };
}
