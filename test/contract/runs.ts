/** How often properties are tried: the same cases at every run; `PROPERTY_RUNS=60000 PROPERTY_SEED=7` looks further. */
export function runs(usual: number): { readonly numRuns: number; readonly seed: number } {
  const asked = Number(process.env.PROPERTY_RUNS ?? USUAL_RUNS);
  return {
    numRuns: Math.max(1, Math.round((usual * asked) / USUAL_RUNS)),
    seed: Number(process.env.PROPERTY_SEED ?? 20_261_122),
  };
}

/** Cases of the main property; the others are tried in proportion. */
export const USUAL_RUNS = 2_500;
