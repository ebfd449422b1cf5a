import { readdir, readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { parse } from 'yaml';

const source = new URL('../../../../openapi/workflows/', import.meta.url);

/** A workflow of the contract, as the site has it. */
export interface WorkflowFile {
  /** Path on the site without a slash before it, such as `workflows/decisions.arazzo.yaml`. */
  readonly path: string;
  /** What the workflow is about, in its own words. */
  readonly summary: string;
  readonly text: string;
}

/** The site's paths of the descriptions that workflows use, by their paths in the repository. */
const sitePaths: Readonly<Record<string, string>> = {
  'openapi/dist/openapi.json': 'openapi.json',
  'packages/mocks/control-api/openapi.yaml': 'control-api.yaml',
};

/** Every workflow and its parts, with the URLs of their descriptions as they are on the site. */
export async function readWorkflowFiles(): Promise<WorkflowFile[]> {
  const names = (await readdir(source, { recursive: true })).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => {
      const text = withSiteUrls(name, await readFile(new URL(name, source), 'utf8'));
      const { info } = parse(text) as { info: { summary: string } };
      return { path: `workflows/${name}`, summary: info.summary, text };
    }),
  );
}

/** @throws Error if the site lacks a description that a URL names: the copied workflow would not run. */
function withSiteUrls(name: string, text: string): string {
  const folder = posix.dirname(`workflows/${name}`);
  return text.replaceAll(/(?<=^ +url: )\S+/gm, (url) => {
    const inRepository = posix.join('openapi', folder, url);
    const [, workflow] = /^openapi\/(workflows\/.+)$/.exec(inRepository) ?? [];
    const onSite = workflow ?? sitePaths[inRepository];
    if (onSite === undefined)
      throw new Error(
        `The workflow ${name} uses ${url}, which the site lacks. Add the path on the site to read-workflow-files.ts.`,
      );
    return posix.relative(folder, onSite);
  });
}
