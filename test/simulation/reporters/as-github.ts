import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import MarkdownIt from 'markdown-it';

/** As GitHub reads Markdown, as far as we write it: CommonMark with HTML, where bare addresses become links. */
const MARKDOWN = new MarkdownIt({ html: true, linkify: true });
const STYLE = createRequire(import.meta.url).resolve('github-markdown-css/github-markdown.css');

/** A comment as HTML. */
export function commentHtml(comment: string): string {
  return MARKDOWN.render(comment);
}

/** A page that shows a comment with GitHub's style sheet, in the width that comments have there. */
export function commentPage(comment: string): string {
  return [
    '<!doctype html>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<style>${readFileSync(STYLE, 'utf8')}</style>`,
    '<style>.markdown-body { box-sizing: border-box; max-width: 912px; padding: 16px; }</style>',
    `<body class="markdown-body">${commentHtml(comment)}</body>`,
  ].join('\n');
}
