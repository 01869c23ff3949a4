/** The README.md of the new repository: what is there, what to do first, and how to come to a later version. */
export function firstPage(packageName: string, isPublished: boolean): string {
  const packaged = `node_modules/${packageName}`;
  // While it is not published, its name on a registry could be anybody's.
  const later = isPublished ? `${packageName}@<version>` : `./vendor/${packageName}-<version>.tgz`;
  return `# Triage of Security Hub findings

Rules in \`rules/\` decide what happens to each finding. [${packageName}](${packaged}/README.md) deploys them.

\`\`\`sh
npm install                                    # links below lead into what this installs
npm start                                      # decides the sample findings on a local account
npm run triage -- lint                         # what is wrong or dangerous in the rules, and where
npm run triage -- test --coverage --mutate     # the tests beside the rules
npm run triage -- new my-first-rule --from finding.json
\`\`\`

## Make it yours

The rules suit an invented company, and all of them observe: they decide and change nothing until you write \`"mode": "enforce"\`.
Nothing is sent to an account before you deploy.

1. Put your accounts into \`rules/context/accounts.json\` and your lists beside it.
2. Keep the rules that fit, delete the others with their tests. [Writing rules](rules/README.md) is the guide.
3. Name owners of \`/rules/\` in \`CODEOWNERS\`, and require the checks \`changes\`, \`rules\` and \`impact\` on \`main\`.
   Commit \`package-lock.json\`: workflows install by it.
4. [Reading an impact](${packaged}/docs/reading-an-impact.md) tells how pull requests are simulated on findings of yours.

## Deploy

[The first day](${packaged}/docs/first-day.md) begins with \`npm run triage -- doctor\`: is this the right account, and who else writes there?
[The second month](${packaged}/docs/second-month.md) is about exceptions, renewals and audits.

\`\`\`sh
npx cdk bootstrap                              # once per account and Region
npx cdk deploy                                 # observes: changes nothing, and tells what it would
npx cdk deploy -c triage:mode=enforce          # sends updates
\`\`\`

[Deploy](${packaged}/README.md#deploy) has all settings; \`context\` in \`cdk.json\` keeps them.
Alarms name the page that says what to do: let \`triage:runbookUrl\` be where people can read [Operations](${packaged}/README.md#operations).

## Upgrade

\`\`\`sh
npm install -E ${later}
npm run triage -- migrate                      # what changes in rules/; --apply changes it
npm run check
npm run triage -- simulate findings.ndjson --base HEAD
npx cdk diff
\`\`\`
`;
}
