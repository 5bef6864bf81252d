"""A file is found by the fingerprint of its content: no other address is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
        ('kernel', '0002_search_index'),
        ('territory', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='resource',
            name='directory_resource_is_somewhere',
        ),
        migrations.RemoveField(
            model_name='resource',
            name='file',
        ),
        migrations.AlterField(
            model_name='resource',
            name='sha256',
            field=models.CharField(blank=True, max_length=64, verbose_name='empreinte'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('url', ''), _negated=True), models.Q(('sha256', ''), _negated=True), models.Q(('transcript', ''), _negated=True), _connector='OR'), name='directory_resource_is_somewhere', violation_error_message='Une ressource a une adresse, un fichier ou une transcription.'),
        ),
        migrations.AddConstraint(
            model_name='resource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file_name', ''), ('sha256', '')), models.Q(models.Q(('sha256', ''), _negated=True), models.Q(('file_name', ''), _negated=True)), _connector='OR'), name='directory_resource_file_is_whole', violation_error_message='Un fichier a un nom et une empreinte.'),
        ),
    ]
