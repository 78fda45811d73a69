import { z } from 'zod';
import { lineSchema, proseSchema } from './document';

/** What a product promises beside its rows: terms of use, where to ask, what it costs. */
export const termsSchema = z.looseObject({
  usage: proseSchema.optional(),
  limitations: proseSchema.optional(),
});
export const supportChannelSchema = z.looseObject({
  channel: lineSchema,
  url: z.string().min(1).max(2000).optional(),
  tool: lineSchema.optional(),
  scope: lineSchema.optional(),
  description: z.string().max(2000).optional(),
});
export const priceSchema = z.looseObject({
  amount: z.number().min(0, 'A price is 0 or more').max(1e12),
  currency: z.string().regex(/^[A-Z]{3}$/, 'Use a currency code of three letters, such as EUR'),
  unit: lineSchema.optional(),
});
export const promiseFields = {
  terms: termsSchema.optional(),
  support: z.array(supportChannelSchema).max(20).optional(),
  price: priceSchema.optional(),
};
