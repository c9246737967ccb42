import { z } from 'zod';

/**
 * Schemas are interpreted, not compiled: zod would probe `new Function` when the first object schema is made, which
 * a page whose policy forbids eval reports as a violation. Imported before any schema.
 */
z.config({ jitless: true });
