import { z } from 'zod';
import { lineSchema, proseSchema } from './document';

/** What a product promises beside its rows: terms of use, where to ask, what it costs. */
export const termsSchema = z.looseObject({
  usage: proseSchema.optional(),
  limitations: proseSchema.optional(),
  /** Documents that bind: a licence, a privacy statement. */
  definitions: z
    .array(z.looseObject({ type: lineSchema, url: z.string().min(1).max(2000) }))
    .max(20)
    .optional(),
});
export const supportChannelSchema = z.looseObject({
  channel: z.string('Name the channel').pipe(lineSchema),
  url: z.string().min(1).max(2000).optional(),
  tool: lineSchema.optional(),
  scope: lineSchema.optional(),
  description: z.string().max(2000).optional(),
});
export const priceSchema = z.looseObject({
  amount: z.number('Give the amount').min(0, 'A price is 0 or more').max(1e12),
  currency: z
    .string('Give the currency, such as EUR')
    .regex(/^[A-Z]{3}$/, 'Use a currency code of three letters, such as EUR'),
  unit: lineSchema.optional(),
});
export const promiseFields = {
  terms: termsSchema.optional(),
  support: z.array(supportChannelSchema).max(20).optional(),
  price: priceSchema.optional(),
};

const written = (max: number) => z.string().max(max).optional();
/** The same while somebody is typing: everything may be missing or half-written. */
export const draftPromiseFields = {
  terms: z
    .looseObject({
      usage: written(5000),
      limitations: written(5000),
      definitions: z
        .array(z.looseObject({ type: written(200), url: written(2000) }))
        .max(20)
        .optional(),
    })
    .optional(),
  support: z
    .array(
      z.looseObject({
        channel: written(200),
        url: written(2000),
        tool: written(200),
        scope: written(200),
        description: written(2000),
      }),
    )
    .max(20)
    .optional(),
  price: z
    .looseObject({ amount: z.number().optional(), currency: written(10), unit: written(200) })
    .optional(),
};
