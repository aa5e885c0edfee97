/** Whether a ready hash may be imported: argon2id with at least the minimum cost that we would use ourselves. */
export const isAcceptableHash = (text: string): boolean => {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,172}$/.exec(text);
  return (
    match !== null &&
    Number(match[1]) >= 19_456 &&
    Number(match[1]) <= 1_048_576 &&
    Number(match[2]) >= 2 &&
    Number(match[2]) <= 20
  );
};
