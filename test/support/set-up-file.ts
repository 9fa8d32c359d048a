import { afterAll } from 'vitest';
import { cleanUpFile } from './left-behind.ts';

// Run for every file, where a module that several files of a process import is run once.
afterAll(cleanUpFile);
