/**
 * Applies edits to a text, each where it stands in the text as it was.
 * @throws Error when what an edit looks for is not there exactly once: the list must follow the source
 */
export function applyEdits(text, edits) {
  const places = edits.map(({ file, find, replace }) => {
    const at = text.indexOf(find);
    const times = text.split(find).length - 1;
    if (times !== 1) throw new Error(`${file} holds ${JSON.stringify(find)} ${times} times instead of once`);
    return { at, end: at + find.length, replace };
  });
  let done = '';
  let from = 0;
  for (const { at, end, replace } of places.sort((a, b) => a.at - b.at)) {
    if (at < from) throw new Error('Two edits meet in the same place');
    done += text.slice(from, at) + replace;
    from = end;
  }
  return done + text.slice(from);
}

/** @returns the edits by the file that they change. */
export function byFile(edits) {
  const groups = new Map();
  for (const edit of edits) groups.set(edit.file, [...(groups.get(edit.file) ?? []), edit]);
  return groups;
}
