using System.Security.Cryptography;
using System.Text;
using Adamant.Victims;
using StbImageSharp;

namespace Adamant.Data;

/// <summary>
/// Reads a folder of images with one sub-folder for each class: PNG, JPEG, BMP.
/// <code>folder/cat/1.png · folder/cat/2.png · folder/dog/1.png → classes cat, dog</code>
/// </summary>
/// <remarks>
/// Classes come in ordinal order of their names. Pictures come in a mixed order that depends on nothing but their number and names, so that the first few
/// are of all classes, and the same folder gives the same set everywhere. Pictures become 3 channels, or 1 when all of them are grey; an alpha channel is
/// dropped. Sizes are read before pixels, and no image above <see cref="DataLimits.Pixels"/> is unpacked.
/// </remarks>
public static class ImageFolder
{
    private static readonly string[] Extensions = [".png", ".jpg", ".jpeg", ".bmp"];

    /// <summary>Reads all images.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="size">Height and width to which images of another size are scaled (without keeping their aspect ratio); null to require one size.</param>
    /// <param name="classNames">The classes in the order of their numbers; each sub-folder must be one of them by name, or by number from 0. Null for the sub-folders' names.</param>
    /// <returns>Inputs <c>[N, 1 or 3, H, W]</c> in [0, 1], labels <c>[N]</c>.</returns>
    /// <exception cref="InvalidDataException">No images, one that cannot be read, or one of another size: names the file.</exception>
    /// <exception cref="IOException">The folder is missing or cannot be read.</exception>
    public static TensorDataset Open(string folder, (int Height, int Width)? size = null, IReadOnlyList<string>? classNames = null)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: expected a folder with one sub-folder for each class, got nothing there.");
        string[] classes = [.. Directory.EnumerateDirectories(folder).Select(d => Path.GetFileName(d)!).Where(n => n[0] != '.').Order(StringComparer.Ordinal)];
        if (classes.Length is 0 or > DataLimits.Classes) throw new InvalidDataException($"{folder}: expected 1 to {DataLimits.Classes} sub-folders, one for each class, got {classes.Length}.");
        var order = new ClassOrder(classNames ?? classes);
        var files = classes.Select(name => (Folder: Path.Combine(folder, name), Class: (long)order.Of(name, Path.Combine(folder, name))))
            .SelectMany(c => Files(c.Folder).Select(path => (Path: path, c.Class))).Take(DataLimits.Rows + 1).ToArray();
        if (files.Length is 0 or > DataLimits.Rows) throw new InvalidDataException($"{folder}: expected 1 to {DataLimits.Rows} files {string.Join(" ", Extensions)} in its sub-folders, got {files.Length}.");
        files = [.. files.Index().OrderBy(f => SplitMix.Of(0, f.Index).Bits()).Select(f => f.Item)];

        using var scope = NewDisposeScope();
        var infos = files.Select(f => Inspect(f.Path)).ToArray();
        var (height, width) = size ?? (infos[0].Height, infos[0].Width);
        var grey = infos.All(i => i.ColorComponents is ColorComponents.Grey or ColorComponents.GreyAlpha);
        var channels = grey ? 1 : 3;
        if ((double)files.Length * channels * height * width > DataLimits.Bytes) throw new InvalidDataException($"{folder}: expected at most {DataLimits.Bytes} bytes of pixels, got {files.Length} images of {height} x {width}. Choose a smaller size.");
        var pixels = empty([files.Length, height, width, channels], dtype: ScalarType.Byte);
        for (var i = 0; i < files.Length; i++)
        {
            if (size is null && (infos[i].Height, infos[i].Width) != (height, width))
                throw new InvalidDataException($"{files[i].Path}: expected {height} x {width} pixels, as {files[0].Path} has, got {infos[i].Height} x {infos[i].Width}. Choose a size to scale to (--image-size).");
            using var image = NewDisposeScope();
            pixels[i].copy_(Scale(Decode(files[i].Path, grey), height, width));
        }
        var card = new DatasetCard
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            Input = InputSpec.Image(channels, height, width),
            Rows = files.Length,
            ClassNames = classNames is null ? classes : [.. classNames],
            Source = folder,
            Sha256 = HashOf(folder, files.Select(f => f.Path)),
        };
        return new TensorDataset(card, pixels.permute(0, 3, 1, 2).contiguous(), tensor(files.Select(f => f.Class).ToArray()));
    }

    /// <summary>Whether a file's name says that it is an image.</summary>
    internal static bool IsImage(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder).Where(f => IsImage(f) && Path.GetFileName(f)[0] != '.').Order(StringComparer.Ordinal);

    /// <summary>SHA-256 over the hashes and names of the files, as <c>sha256sum */* | sha256sum</c> computes it.</summary>
    private static string HashOf(string folder, IEnumerable<string> paths)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, path) in paths.Select(p => (Name: Path.GetRelativePath(folder, p).Replace('\\', '/'), Path: p)).OrderBy(f => f.Name, StringComparer.Ordinal))
            hash.AppendData(Encoding.UTF8.GetBytes($"{InputFile.Sha256(path)}  {name}\n"));
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static ImageInfo Inspect(string path)
    {
        using var file = InputFile.Open(path);
        if (file.Length > DataLimits.ImageBytes) throw new InvalidDataException($"{path}: expected at most {DataLimits.ImageBytes} bytes, got {file.Length}.");
        var info = Guard(path, () => ImageInfo.FromStream(file)) ?? throw new InvalidDataException($"{path}: expected a PNG, JPEG or BMP image, got something else.");
        if (info.Width < 1 || info.Height < 1 || (long)info.Width * info.Height > DataLimits.Pixels) throw new InvalidDataException($"{path}: expected 1 to {DataLimits.Pixels} pixels, got {info.Height} x {info.Width}.");
        return info;
    }

    /// <summary>Shape <c>[H, W, channels]</c>.</summary>
    private static Tensor Decode(string path, bool grey)
    {
        var image = Guard(path, () => ImageResult.FromMemory(File.ReadAllBytes(path), grey ? ColorComponents.Grey : ColorComponents.RedGreenBlue));
        return tensor(image.Data, [image.Height, image.Width, grey ? 1 : 3], ScalarType.Byte);
    }

    private static Tensor Scale(Tensor image, int height, int width)
    {
        if (image.shape[0] == height && image.shape[1] == width) return image;
        var planes = image.permute(2, 0, 1).unsqueeze(0).to_type(ScalarType.Float32);
        var shrinks = image.shape[0] >= height && image.shape[1] >= width;
        var scaled = nn.functional.interpolate(planes, [height, width], mode: shrinks ? InterpolationMode.Area : InterpolationMode.Bilinear, align_corners: shrinks ? null : false);
        return scaled.round().clamp(0, 255).squeeze(0).permute(1, 2, 0).to_type(ScalarType.Byte);
    }

    /// <summary>The decoder fails in many ways on damaged files; they all mean one thing.</summary>
    private static T Guard<T>(string path, Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception e) when (e is not (OutOfMemoryException or IOException or UnauthorizedAccessException))
        {
            throw new InvalidDataException($"{path}: the image is damaged ({e.Message.TrimEnd('.')}).", e);
        }
    }
}
