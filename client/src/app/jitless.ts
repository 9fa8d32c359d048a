import { z } from 'zod';

// Zod compiles schemas with `new Function` where it may. Our content security policy says it may not.
z.config({ jitless: true });
