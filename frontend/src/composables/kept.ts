/** Small choices of this browser. Storage may be forbidden; then a choice lasts as long as the page. */
export const kept = {
  get: (key: string): string | null => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set: (key: string, value: string): void => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // See above.
    }
  },
};
