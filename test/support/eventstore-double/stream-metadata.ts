/** The JSON object that `$$<stream>` holds for a stream. */
export interface StreamMetadata {
  readonly $maxAge?: number;
  readonly $maxCount?: number;
  readonly $tb?: number;
  readonly $acl?: Readonly<Partial<Record<'$r' | '$w' | '$d' | '$mr' | '$mw', string | readonly string[]>>>;
}

export const parseMetadata = (data: Uint8Array): StreamMetadata => {
  try {
    return JSON.parse(Buffer.from(data).toString('utf8')) as StreamMetadata;
  } catch {
    return {};
  }
};

/** `$tb` of a deleted stream: the greatest revision there can be, as near as a JavaScript number comes to it. */
export const DELETED = 2 ** 63;
export const isDeleted = ({ $tb }: StreamMetadata): boolean => ($tb ?? 0) >= DELETED;

/** The first revision that is shown by count and truncation, and the oldest instant that is. */
export const firstShown = ({ $maxCount, $tb }: StreamMetadata, last: number): number =>
  Math.max($tb ?? 0, $maxCount === undefined ? 0 : last - $maxCount + 1);
export const oldestShown = ({ $maxAge }: StreamMetadata, now: number): number =>
  $maxAge === undefined ? 0 : now - $maxAge * 1_000;
