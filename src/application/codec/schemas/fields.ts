import { z } from 'zod';

export const id = z.uuid();
export const instant = z.int().nonnegative();
export const sequence = z.int().positive();
/** A time of the week, in minutes after midnight; `days`: 1 (Monday) to 7. */
const minute = z.int().min(0).max(1_439);
const weekly = z.strictObject({ days: z.array(z.int().min(1).max(7)), from: minute, to: minute });
/** Hours of a person, in a zone of the IANA database. */
export const schedule = z.strictObject({
  zone: z.string().min(1),
  workingHours: weekly.nullable(),
  doNotDisturb: z.array(weekly),
});
/** Text of any person's making: not empty, and no lone surrogate, which UTF-8 could not carry. */
export const text = z
  .string()
  .min(1)
  .refine((value) => value.isWellFormed(), 'has a lone surrogate');
