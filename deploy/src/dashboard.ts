import { type Panel, rows } from './panels.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: Grafana's own placeholder for an input.
const dataSource = '${DS_PROMETHEUS}';
const columns = 2;
const width = 24 / columns;
const height = 8;

/** The dashboard of Grafana, which asks for its data source when it is imported. */
export function dashboard() {
  const panels: object[] = [];
  let y = 0;
  for (const [title, graphs] of Object.entries(rows)) {
    panels.push({ id: panels.length + 1, type: 'row', title, gridPos: { x: 0, y, w: 24, h: 1 } });
    y += 1;
    for (const [index, panel] of graphs.entries()) {
      const x = (index % columns) * width;
      const top = y + Math.floor(index / columns) * height;
      panels.push(graph(panels.length + 1, panel, { x, y: top, w: width, h: height }));
    }
    y += Math.ceil(graphs.length / columns) * height;
  }
  return {
    __inputs: [{ name: 'DS_PROMETHEUS', label: 'Prometheus', type: 'datasource', pluginId: 'prometheus' }],
    uid: 'callback-server',
    title: 'Callback server',
    tags: ['partner-ecosystem'],
    schemaVersion: 39,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    panels,
  };
}

function graph(id: number, { title, description, unit, queries }: Panel, gridPos: object) {
  return {
    id,
    type: 'timeseries',
    title,
    description,
    datasource: { type: 'prometheus', uid: dataSource },
    gridPos,
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: queries.map(([expr, legendFormat], index) => ({ refId: 'ABCDEF'[index], expr, legendFormat })),
  };
}
