/** The browser marks what an address names, and goes on from there by keyboard, only if it is there when that is followed. */
export function markTarget(): void {
  if (location.hash !== '' && document.querySelector(':target') === null) location.replace(location.hash);
}
