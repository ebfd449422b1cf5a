import { readFile, writeFile } from 'node:fs/promises';

/** Prints a result, and writes it into the README between the comments `<!-- name -->` and `<!-- /name -->`. */
export async function writeSection(readme: URL, name: string, content: string): Promise<void> {
  console.log(`\n${name}\n\n${content}`);
  const page = await readFile(readme, 'utf8');
  const section = new RegExp(`(<!-- ${name} -->\n)[^]*?(\n<!-- /${name} -->)`);
  if (!section.test(page))
    throw new Error(
      `README.md has no section ${name}. Add the comments <!-- ${name} --> and <!-- /${name} -->.`,
    );
  await writeFile(
    readme,
    page.replace(section, (_, begin: string, end: string) => begin + content + end),
  );
}
