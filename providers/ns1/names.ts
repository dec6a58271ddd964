/** As NS1 writes names: lower case, no trailing dot. */
export const bareName = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** As steer writes them: lower case, with the dot. */
export const fullName = (name: string): string => `${bareName(name)}.`;

export const liesIn = (name: string, zone: string): boolean => {
  const [bare, root] = [bareName(name), bareName(zone)];
  return bare === root || bare.endsWith(`.${root}`);
};
