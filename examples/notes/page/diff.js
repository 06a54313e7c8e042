// What became of a text, line by line; and two edits of one text in one.

const linesOf = (text) => (text === "" ? [] : text.split("\n"));

/** The lines of both texts in order, each as { line, kind }, where kind is "kept", "removed" or "added". */
export function diff(before, after) {
  const [a, b] = [linesOf(before), linesOf(after)];
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
      lines.push({ line: a[i++], kind: "kept" });
      j++;
    } else if (j === b.length || (i < a.length && shared[i + 1][j] >= shared[i][j + 1])) {
      lines.push({ line: a[i++], kind: "removed" });
    } else {
      lines.push({ line: b[j++], kind: "added" });
    }
  }
  return lines;
}

/** Both edits in one text: what either has removed is not in it, what either has added is; mine stand before theirs. */
export function merge(before, mine, theirs) {
  const [a, b] = [gaps(diff(before, mine)), gaps(diff(before, theirs))];
  const merged = a.flatMap(({ added, line, kept }, at) => {
    const same = added.join("\n") === b[at].added.join("\n");
    return [...added, ...(same ? [] : b[at].added), ...(kept && b[at].kept ? [line] : [])];
  });
  return merged.join("\n");
}

// For each line of the text before, and for its end: what is added in front of it, and whether it is kept.
function gaps(lines) {
  const gaps = [{ added: [] }];
  for (const { line, kind } of lines) {
    if (kind === "added") {
      gaps.at(-1).added.push(line);
    } else {
      Object.assign(gaps.at(-1), { line, kept: kind === "kept" });
      gaps.push({ added: [] });
    }
  }
  return gaps;
}
