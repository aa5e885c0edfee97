import { uuidv5 } from '../../../src/application/actors/uuid.js';

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
const URL_SPACE = '6ba7b811-9dad-11d1-80b4-00c04fd430c8';

describe('uuidv5', () => {
  it('answers the vector of RFC 9562, appendix A.4', () => {
    expect(uuidv5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
  });

  it.each([
    [DNS, 'python.org', '886313e1-3b8a-5372-9b90-0c9aee199e5d'], // uuid module of Python
    [URL_SPACE, 'http://python.org/', '4c565f0d-3f5a-5890-b41b-20cf47701c5e'],
  ])('answers what others do: %s %s', (namespace, name, expected) => {
    expect(uuidv5(namespace, name)).toBe(expected);
  });

  it('has version 5 and the variant of the RFC, whatever the name', () => {
    for (let n = 0; n < 200; n++)
      expect(uuidv5(DNS, `näme ${n}`)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('is the same for the same name and namespace in either case, and another for any other', () => {
    expect(uuidv5(DNS.toUpperCase(), '0')).toBe(uuidv5(DNS, '0'));
    expect(new Set([uuidv5(DNS, '0'), uuidv5(DNS, '1'), uuidv5(URL_SPACE, '0'), uuidv5(DNS, '')]).size).toBe(4);
  });
});
