'use client';

import { Check, Monitor, Moon, Sun } from 'lucide-react';
import { DropdownMenu } from '@/components/ui/dropdown-menu';
import { IconButton } from '@/components/ui/icon-button';
import { type Theme, themes } from './theme';
import { useTheme } from './theme-context';

const icons = { system: <Monitor />, light: <Sun />, dark: <Moon /> } satisfies Record<
  Theme,
  unknown
>;
const labels = { system: 'System', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string>;

export function ThemeToggle() {
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu
      trigger={<IconButton label={`Theme: ${labels[theme]}`} icon={icons[theme]} />}
      entries={themes.map((choice) => ({
        icon: icons[choice],
        label: (
          <span className="flex flex-1 items-center justify-between gap-4">
            {labels[choice]}
            {choice === theme && (
              <>
                <Check aria-hidden />
                <span className="sr-only">(chosen)</span>
              </>
            )}
          </span>
        ),
        onSelect: () => setTheme(choice),
      }))}
    />
  );
}
