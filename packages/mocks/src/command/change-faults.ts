import { assertArguments, type Call, dataOf, type Schemas, UsageError } from './call.ts';
import { describeFault } from './describe-rows.ts';

/** Lists, adds or removes faults. */
export async function changeFaults({ control, args: [action, ...rest], print }: Call): Promise<void> {
  switch (action) {
    case undefined:
      assertArguments('faults', { given: rest, values: {} });
      return print(dataOf(await control.GET('/faults')), describeFault);
    case 'add': {
      const body = Object.fromEntries(propertiesIn(rest)) as Schemas['FaultSpec']; // The server validates it.
      return print([dataOf(await control.POST('/faults', { body }))], describeFault);
    }
    case 'clear':
      assertArguments('faults clear', { given: rest, values: {} });
      return void dataOf(await control.DELETE('/faults'));
    case 'remove': {
      const [faultId] = rest;
      if (faultId === undefined)
        throw new UsageError('Name the fault by its id. `partner-sandbox faults` lists the faults.');
      assertArguments('faults remove', { maxArguments: 1, given: rest, values: {} });
      const params = { path: { faultId } };
      return void dataOf(await control.DELETE('/faults/{faultId}', { params }));
    }
    default:
      throw new UsageError(
        `Unknown: faults ${action}. Use faults, faults add, faults remove or faults clear.`,
      );
  }
}

function propertiesIn(args: readonly string[]) {
  const properties = args.map(propertyOf);
  const names = properties.map(([name]) => name);
  const repeated = names.find((name, at) => names.indexOf(name) < at);
  if (repeated !== undefined) throw new UsageError(`${repeated} is given more than once. Give it once.`);
  return properties;
}

function propertyOf(argument: string): readonly [string, unknown] {
  const end = argument.indexOf('=');
  if (end < 1) throw new UsageError(`Write each property of a fault as name=value, such as kind=reset.`);
  const value = argument.slice(end + 1);
  return [argument.slice(0, end), /^\d+(\.\d+)?$/.test(value) ? Number(value) : value];
}
