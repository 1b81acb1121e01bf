namespace Adamant.Attacks.Evasion;

/// <summary>One edit of one token that <see cref="Flips"/> proposes.</summary>
/// <param name="Kind">Replaces the token, inserts in front of it, or deletes it.</param>
/// <param name="Position">The number of the token in its text.</param>
/// <param name="Token">The new token; meaningless for a deletion.</param>
internal readonly record struct Flip(FlipKind Kind, int Position, int Token);

/// <summary>What a <see cref="Flip"/> does.</summary>
internal enum FlipKind
{
    Replace,
    Insert,
    Delete,
}
