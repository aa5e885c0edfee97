import { z } from 'zod';

export const id = z.uuid();
export const instant = z.int().nonnegative();
export const sequence = z.int().positive();
/** Text of any person's making: not empty, and no lone surrogate, which UTF-8 could not carry. */
export const text = z
  .string()
  .min(1)
  .refine((value) => value.isWellFormed(), 'has a lone surrogate');
