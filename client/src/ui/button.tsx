import type { ComponentProps } from 'react';

type Props = ComponentProps<'button'> & { look?: 'primary' | 'plain' | 'quiet' | 'danger'; small?: boolean };

export function Button({ look = 'plain', small = false, className = '', ...rest }: Props) {
  return (
    <button
      type="button"
      className={`button button-${look} ${small ? 'button-small' : ''} ${className}`}
      {...rest}
    />
  );
}
