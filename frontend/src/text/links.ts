import { LinkifyIt } from 'linkify-it';
import { mentionPlaces, type Addressee } from '../model/mentions.js';

export type TextPart = { readonly kind: 'text'; readonly text: string } | Link;
export type MessagePart = TextPart | { readonly kind: 'mention'; readonly text: string; readonly id: string };
interface Link {
  readonly kind: 'link';
  readonly text: string;
  readonly href: string;
}

// Only what a click may safely open; an address without a scheme counts when it is plainly one ("www.…" or a known top level).
const linkify = new LinkifyIt({ fuzzyEmail: true, fuzzyLink: true, fuzzyIP: false }).add('ftp:', null).add('//', null);
const SAFE = /^(https?|mailto):/i;

/** A message's text as parts to render: no HTML is ever made of it. */
export const partsOf = (text: string): TextPart[] => {
  const parts: TextPart[] = [];
  let end = 0;
  for (const { index, lastIndex, url, text: shown } of linkify.match(text) ?? []) {
    if (!SAFE.test(url)) continue;
    if (index > end) parts.push({ kind: 'text', text: text.slice(end, index) });
    parts.push({ kind: 'link', text: shown, href: url });
    end = lastIndex;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
};

/** The same parts with the names of the addressed as parts of their own. */
export const withMentions = (parts: readonly TextPart[], addressees: readonly Addressee[]): MessagePart[] =>
  addressees.length === 0
    ? [...parts]
    : parts.flatMap((part) => (part.kind === 'text' ? split(part.text, addressees) : [part]));

const split = (text: string, addressees: readonly Addressee[]): MessagePart[] => {
  const parts: MessagePart[] = [];
  let end = 0;
  for (const place of mentionPlaces(text, addressees)) {
    if (place.start > end) parts.push({ kind: 'text', text: text.slice(end, place.start) });
    parts.push({ kind: 'mention', text: text.slice(place.start, place.end), id: place.id });
    ({ end } = place);
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
};
