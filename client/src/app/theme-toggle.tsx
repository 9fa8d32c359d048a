import { Moon, Sun } from 'lucide-react';
import { IconButton } from '../ui/icon-button.tsx';
import { useTheme } from './theme.ts';

export function ThemeToggle() {
  const { dark, toggle } = useTheme();
  return (
    <IconButton label={dark ? 'Light colours' : 'Dark colours'} onClick={toggle}>
      {dark ? <Sun /> : <Moon />}
    </IconButton>
  );
}
