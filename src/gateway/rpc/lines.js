import { StringDecoder } from 'node:string_decoder';

/** The longest line that is read, in UTF-16 characters. Requests are small; a longer one is a fault of the sender. */
export const LONGEST_LINE = 1_048_576;

/**
 * Cuts a stream of bytes into lines without ever holding more than one line of `longest` characters.
 * A longer line is passed over up to its end and reported.
 *
 * @param {{ onLine: (line: string) => void, onTooLong: (longest: number) => void, longest?: number }} options
 * @returns {(chunk: Buffer) => void} to be called with each piece of the stream
 */
export function lineReader({ onLine, onTooLong, longest = LONGEST_LINE }) {
  const decoder = new StringDecoder('utf8');
  let held = '';
  let isPassingOver = false;

  /** @param {string} part */
  function hold(part) {
    if (isPassingOver) return;
    if (held.length + part.length > longest) {
      held = '';
      isPassingOver = true;
      onTooLong(longest);
      return;
    }
    held += part;
  }

  return (chunk) => {
    const text = decoder.write(chunk);
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      hold(text.slice(start, end));
      start = end + 1;
      const line = held.trim();
      const isWhole = !isPassingOver;
      held = '';
      isPassingOver = false;
      if (isWhole && line.length > 0) onLine(line);
    }
    hold(text.slice(start));
  };
}
