const NAMES: Record<string, string> = {
  platform_admin: 'Platform admin',
  steward: 'Steward',
  data_admin: 'Data admin',
  data_producer: 'Producer',
  data_consumer: 'Consumer',
};

export const roleName = (role: string): string => NAMES[role] ?? role;
