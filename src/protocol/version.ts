/** Raised with every change to the shapes in this folder; `test/protocol` fails when one changes without the other. */
export const protocolVersion = 8;
