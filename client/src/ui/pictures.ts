import { createContext, useContext } from 'react';

/** Where the picture of an id is to be had, if it may have one; outside a room nobody has. */
export const PicturesContext = createContext<(id: string) => string | undefined>(() => undefined);

export function usePicture(id: string): string | undefined {
  return useContext(PicturesContext)(id);
}
