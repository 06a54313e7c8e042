// Two texts, line by line: what they share, and what only one of them has.

/** The lines of both in order, each as { line, side }, where side is "both", "mine" or "theirs". */
export function diff(mine, theirs) {
  const [a, b] = [mine.split("\n"), theirs.split("\n")];
  // shared[i][j] is how many lines a[i..] and b[j..] have in common, in order.
  const shared = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      shared[i][j] = a[i] === b[j] ? shared[i + 1][j + 1] + 1 : Math.max(shared[i + 1][j], shared[i][j + 1]);
    }
  }
  const lines = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ line: a[i++], side: "both" });
      j++;
    } else if (j === b.length || (i < a.length && shared[i + 1][j] >= shared[i][j + 1])) {
      lines.push({ line: a[i++], side: "mine" });
    } else {
      lines.push({ line: b[j++], side: "theirs" });
    }
  }
  return lines;
}
