/** What findings, rules and commits can hold, and must not do to whoever reads a report on them. */
export const HOSTILE = {
  markup: `"><script>alert(1)</script><img src=x onerror=alert(1)></code></table></svg><style>*{}</style>'`,
  Markdown:
    '| a | b |\n\n# head\n\n`@security` [x](https://evil.example) ![y](https://evil.example/y.png) #1 </details>',
  'a terminal’s controls': '\u001b[2J\u001b]8;;https://evil.example\u0007click\u009b31m\r\n\u0000\u007f',
  'direction and hiding': '\u202etxt.exe\u2066\u200b\ufeff\u2028\u{e0041}\ud800',
  'names of objects': '__proto__',
  constructors: 'constructor',
  'long text': 'w'.repeat(100_000),
} as const;
